/* g_autoptr for structs without a typedef, which it can't have because it pastes the type's name.
 * `autoptr(json) tree = json_parse(…);` is a struct json * that is freed at the end of its scope.
 */
#pragma once

#include <glib.h>

#define DEFINE_AUTOPTR(tag, free_function)                                                         \
    static inline void autoptr_free_##tag(struct tag **pointer)                                    \
    {                                                                                              \
        if (*pointer)                                                                              \
            (free_function)(*pointer);                                                             \
    }                                                                                              \
    struct tag

#define DEFINE_AUTO_CLEAR(tag, clear_function)                                                     \
    static inline void autoclear_##tag(struct tag *value)                                          \
    {                                                                                              \
        (clear_function)(value);                                                                   \
    }                                                                                              \
    struct tag

#define autoptr(tag) __attribute__((cleanup(autoptr_free_##tag))) struct tag *

/* The same for the contents of a struct on the stack: `autoclear(answer) answer = {0};` */
#define autoclear(tag) __attribute__((cleanup(autoclear_##tag))) struct tag
