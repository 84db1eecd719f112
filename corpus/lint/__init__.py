"""Defect checks over agreements, one check a file."""
