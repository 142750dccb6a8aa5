/* Writes what jsoncpp reads, as Waybar uses it; input and output are those of jsonc_dump.c. With an
 * argument it writes its version instead. */
#include <cstdio>
#include <iostream>
#include <json/json.h>
#include <regex>
#include <sstream>
#include <string>

static void dump_string(const std::string &text)
{
    std::putchar('"');
    for (char byte : text) {
        if (byte == '\0')
            std::fputs("\\u00c0\\u0080", stdout); /* as jsonc_string.h has it */
        else
            std::printf("\\u%04x", static_cast<unsigned char>(byte));
    }
    std::putchar('"');
}

static void dump_value(const Json::Value &value)
{
    bool is_first = true;

    if (value.isNull()) {
        std::fputs("null", stdout);
    } else if (value.isBool()) {
        std::fputs(value.asBool() ? "true" : "false", stdout);
    } else if (value.isNumeric()) {
        std::printf("%.17g", value.asDouble());
    } else if (value.isString()) {
        dump_string(value.asString());
    } else if (value.isArray()) {
        std::putchar('[');
        for (const Json::Value &element : value) {
            std::fputs(is_first ? "" : ",", stdout);
            is_first = false;
            dump_value(element);
        }
        std::putchar(']');
    } else {
        std::putchar('{');
        for (const std::string &key : value.getMemberNames()) {
            std::fputs(is_first ? "" : ",", stdout);
            is_first = false;
            dump_string(key);
            std::putchar(':');
            dump_value(value[key]);
        }
        std::putchar('}');
    }
}

static bool parse(const std::string &text, Json::Value &root)
{
    static const std::regex hexadecimal("\\\\x"); /* include/util/json.hpp of Waybar */
    std::istringstream stream(std::regex_replace(text, hexadecimal, "\\u00"));
    const Json::CharReaderBuilder builder;
    std::string errors;

    try {
        return Json::parseFromStream(builder, stream, &root, &errors);
    } catch (const Json::Exception &) {
        return false; /* nested too deeply */
    }
}

int main(int argc, char **)
{
    size_t length = 0;

    if (argc > 1)
        std::puts(JSONCPP_VERSION_STRING);

    while (argc == 1 && std::cin >> length && std::cin.get() == '\n') {
        std::string text(length, '\0');
        Json::Value root;

        if (!std::cin.read(&text[0], static_cast<std::streamsize>(length)))
            return 1;
        if (parse(text, root))
            dump_value(root);
        else
            std::fputs("refused", stdout);
        std::putchar('\n');
    }
    return 0;
}
