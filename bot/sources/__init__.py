"""What others publish: fetched with care, and read into one shape. No Telegram, no tables."""
