@echo off
chcp 65001 >nul
rem Starts the service for whoever is signed in, and opens its pages. It ends with its window.
cd /d "%~dp0"
set XILIN_DATA=%LOCALAPPDATA%\XilinIngest
start "" /b cmd /c "for /l %%i in (1,1,60) do (timeout /t 1 /nobreak >nul & xilin-standalone.exe --probe >nul 2>&1 && start http://127.0.0.1:5080 && exit)"
xilin-standalone.exe --data "%XILIN_DATA%" --catalogue "%~dp0catalogue" %*
if errorlevel 1 pause
