"""A Telegram for people without one: the Bot API over a small world of people and chats.

`bot.app` serves it with a chat page; the tests call it without a socket.
"""
