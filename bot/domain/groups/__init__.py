"""Working groups: their pillars, people, chats, meetings and topics. No Telegram."""
