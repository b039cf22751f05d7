"""The register's storage: the only package with SQL.

Its functions take and return values of the domain, never database rows. Errors of the database
driver become StoreError.
"""
