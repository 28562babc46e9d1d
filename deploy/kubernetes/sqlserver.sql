-- The databases and the two logins, once, by an administrator; sqlcmd takes the passwords from the environment (deploy/README.md).
-- Then the databases join the availability group; the logins need the same SID on every replica (or a contained group).
CREATE LOGIN [skillstation] WITH PASSWORD = '$(SQL_PASSWORD)';
CREATE LOGIN [skillstation-migrate] WITH PASSWORD = '$(SQL_MIGRATE_PASSWORD)';
GO

CREATE DATABASE [skillstation-requests];
GO
USE [skillstation-requests];
CREATE USER [skillstation] FOR LOGIN [skillstation];
CREATE USER [skillstation-migrate] FOR LOGIN [skillstation-migrate];
ALTER ROLE db_datareader ADD MEMBER [skillstation];
ALTER ROLE db_datawriter ADD MEMBER [skillstation];
ALTER ROLE db_owner ADD MEMBER [skillstation-migrate];
GO

CREATE DATABASE [skillstation-dispatch];
GO
USE [skillstation-dispatch];
CREATE USER [skillstation] FOR LOGIN [skillstation];
CREATE USER [skillstation-migrate] FOR LOGIN [skillstation-migrate];
ALTER ROLE db_datareader ADD MEMBER [skillstation];
ALTER ROLE db_datawriter ADD MEMBER [skillstation];
ALTER ROLE db_owner ADD MEMBER [skillstation-migrate];
GO

CREATE DATABASE [skillstation-acceptance];
GO
USE [skillstation-acceptance];
CREATE USER [skillstation] FOR LOGIN [skillstation];
CREATE USER [skillstation-migrate] FOR LOGIN [skillstation-migrate];
ALTER ROLE db_datareader ADD MEMBER [skillstation];
ALTER ROLE db_datawriter ADD MEMBER [skillstation];
ALTER ROLE db_owner ADD MEMBER [skillstation-migrate];
GO

CREATE DATABASE [skillstation-scheduler];
GO
USE [skillstation-scheduler];
CREATE USER [skillstation] FOR LOGIN [skillstation];
CREATE USER [skillstation-migrate] FOR LOGIN [skillstation-migrate];
ALTER ROLE db_datareader ADD MEMBER [skillstation];
ALTER ROLE db_datawriter ADD MEMBER [skillstation];
ALTER ROLE db_owner ADD MEMBER [skillstation-migrate];
GO

CREATE DATABASE [skillstation-portal];
GO
USE [skillstation-portal];
CREATE USER [skillstation] FOR LOGIN [skillstation];
CREATE USER [skillstation-migrate] FOR LOGIN [skillstation-migrate];
ALTER ROLE db_datareader ADD MEMBER [skillstation];
ALTER ROLE db_datawriter ADD MEMBER [skillstation];
ALTER ROLE db_owner ADD MEMBER [skillstation-migrate];
GO
