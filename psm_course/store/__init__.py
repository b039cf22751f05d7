"""The only SQL. Values in, values out; driver errors become StoreError at this seam."""
