"""Notices how long you have been sitting and suggests glute and hip-flexor work."""
