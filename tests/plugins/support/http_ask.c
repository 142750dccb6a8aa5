/* Sends the requests of its arguments by one call of http_send, for test_http_send.py:
 *
 *   http-ask CA_FILE (answer|extra) PATIENCE URL …
 *
 * Prints a line for each request: "200 BODY", or the kind and the message of its error. */
#include "common/base/error.h"
#include "plugins/support/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 3 /* of the command line that describe one request */

static void print_exchange(const struct http_exchange *exchange)
{
    if (exchange->error)
        printf("%s %s\n", usage_error_name((enum usage_error)exchange->error->code),
               exchange->error->message);
    else
        printf("%ld %s\n", exchange->response.status, exchange->response.body->str);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    autoptr(http_client) client = NULL;
    gsize count;

    if (argc < 2 || (argc - 2) % WORDS != 0)
        return EXIT_FAILURE;
    client = http_client_new(argv[1], "the command line", &error);
    if (!client) {
        fprintf(stderr, "%s\n", error->message);
        return EXIT_FAILURE;
    }
    count = (gsize)(argc - 2) / WORDS;
    g_autofree struct http_exchange *exchanges = g_new0(struct http_exchange, count);
    for (gsize i = 0; i < count; i++) {
        char **words = argv + 2 + WORDS * i;
        exchanges[i].is_answer = strcmp(words[0], "answer") == 0;
        exchanges[i].patience = g_ascii_strtoll(words[1], NULL, 10);
        exchanges[i].request = http_request_new(words[2]);
    }
    http_send(client, exchanges, count, g_get_real_time() / G_USEC_PER_SEC);
    for (gsize i = 0; i < count; i++) {
        print_exchange(&exchanges[i]);
        http_exchange_clear(&exchanges[i]);
    }
    return EXIT_SUCCESS;
}
