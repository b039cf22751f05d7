"""The signed forms of a record: credential, QR token, PDF attachment."""
