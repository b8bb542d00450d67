@echo off
chcp 65001 >nul
rem Puts an icon that starts the service and opens its pages on the desktop and into the start menu of whoever runs this.
set XILIN_FOLDER=%~dp0
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$shell = New-Object -ComObject WScript.Shell; foreach ($place in 'Desktop', 'Programs') {" ^
  "$link = $shell.CreateShortcut((Join-Path ([Environment]::GetFolderPath($place)) 'XilinIngest.lnk'));" ^
  "$link.TargetPath = $env:XILIN_FOLDER + 'start.cmd'; $link.WorkingDirectory = $env:XILIN_FOLDER;" ^
  "$link.IconLocation = $env:XILIN_FOLDER + 'xilin-standalone.exe,0'; $link.WindowStyle = 7; $link.Save() }"
if errorlevel 1 (
  echo 无法创建图标：请查看上面的提示。 The icon could not be made: see above.
  pause & exit /b 1
)
echo 桌面和开始菜单已有图标 XilinIngest。 The icon XilinIngest is on the desktop and in the start menu.
