@echo off
chcp 65001 >nul
rem Makes the Windows service XilinIngest, which starts with the machine. Its data is in %ProgramData%\XilinIngest, or the folder named.
rem   install-service.cmd [FOLDER]
net session >nul 2>&1 || (
  echo 请以管理员身份运行：右键“以管理员身份运行”。 Run it as administrator: right-click, "Run as administrator".
  pause & exit /b 1
)
set XILIN_DATA=%~1
if "%XILIN_DATA%"=="" set XILIN_DATA=%ProgramData%\XilinIngest
if not exist "%XILIN_DATA%" mkdir "%XILIN_DATA%"
rem The folder has the figures and the signing key: nobody reads it but the service and administrators.
icacls "%XILIN_DATA%" /inheritance:r /grant "*S-1-5-19:(OI)(CI)M" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" >nul || goto failed
rem What it logs is in the event viewer; a source can be made by an administrator alone.
powershell -NoProfile -Command "New-EventLog -LogName Application -Source XilinIngest.Standalone -ErrorAction SilentlyContinue"
sc.exe create XilinIngest start= delayed-auto obj= "NT AUTHORITY\LocalService" DisplayName= "XilinIngest" ^
  binPath= "\"%~dp0xilin-standalone.exe\" --data \"%XILIN_DATA%\" --catalogue \"%~dp0catalogue\"" || goto failed
sc.exe description XilinIngest "西林街道月度指标 Xilin monthly indicators"
sc.exe failure XilinIngest reset= 86400 actions= restart/5000/restart/60000/restart/60000 >nul
sc.exe start XilinIngest || goto failed
echo 服务已安装：http://127.0.0.1:5080 ，数据在 %XILIN_DATA% 。 The service is installed; its data is in %XILIN_DATA%.
exit /b 0
:failed
echo 安装未完成：请查看上面的提示和事件查看器。 It is not installed: see above, and the event viewer.
pause
exit /b 1
