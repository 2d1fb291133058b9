"""The one printer: tables as CSV and XLSX. Letters, certificates and books join it here."""
