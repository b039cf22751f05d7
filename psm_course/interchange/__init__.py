"""Other people's file formats in and out: Excel sheets today; Moodle, QTI and xAPI have their place here."""
