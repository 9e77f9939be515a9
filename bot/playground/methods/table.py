"""Every method by its name; anything else is Telegram's 404."""

from collections.abc import Callable

from bot.playground.arguments import Arguments
from bot.playground.methods import answering, appearance, chats, commands, editing, sending
from bot.playground.world import World

Method = Callable[[World, Arguments], object]

METHODS: dict[str, Method] = {
    "getMe": appearance.get_me,
    "setMyName": appearance.set_my_name,
    "getMyName": appearance.get_my_name,
    "setMyDescription": appearance.set_my_description,
    "getMyDescription": appearance.get_my_description,
    "setMyShortDescription": appearance.set_my_short_description,
    "getMyShortDescription": appearance.get_my_short_description,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setChatMenuButton": appearance.set_chat_menu_button,
    "getChatMenuButton": appearance.get_chat_menu_button,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "answerCallbackQuery": answering.answer_callback_query,
    "getFile": answering.get_file,
    "getChat": chats.get_full_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
}
