"""Questions, cases, metrics and the reports that gate every change."""
