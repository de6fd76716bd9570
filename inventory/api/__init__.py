"""The engineers' door: JSON in, the same services behind it as behind the browser."""
