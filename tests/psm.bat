@echo off
rem Klik dua kali: meja terbuka di peramban. Dengan kata di belakangnya, perintah psm itu di folder kantor: psm.bat backup
setlocal
chcp 65001 >nul
set "PROGRAM=%~dp0python\python.exe"
cd /d "%~dp0"
if not "%~1"=="" goto command
title PSM - tutup jendela ini sesudah selesai bekerja
if exist "kantor\modules\course.yml" goto desk
"%PROGRAM%" -X utf8 -m psm_course.cli.main init kantor --open
goto end
:desk
cd kantor
"%PROGRAM%" -X utf8 -m psm_course.cli.main serve --open
goto end
:command
if exist "kantor\modules\course.yml" cd kantor
"%PROGRAM%" -X utf8 -m psm_course.cli.main %*
exit /b %errorlevel%
:end
if errorlevel 1 pause
