@echo off
chcp 65001 >nul
rem Stops and removes the Windows service XilinIngest. Its data stays.
net session >nul 2>&1 || (
  echo 请以管理员身份运行：右键“以管理员身份运行”。 Run it as administrator: right-click, "Run as administrator".
  pause & exit /b 1
)
sc.exe stop XilinIngest
sc.exe delete XilinIngest || (pause & exit /b 1)
echo 服务已删除，数据保留。 The service is removed; its data stays.
