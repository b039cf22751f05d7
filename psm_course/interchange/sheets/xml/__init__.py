"""What lies zipped as XML in workbooks and in texts of Word, beside or instead of what calamine reads."""
