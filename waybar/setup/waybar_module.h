/* The module that setup adds: its name, and its definition as the example has it. */
#pragma once

#define MODULE "custom/usageline"
#define NAME   "\"" MODULE "\""

/* Four spaces stand for one indentation of the file that it comes into. */
#define DEFINITION                                                                                 \
    NAME ": {\n"                                                                                   \
         "    \"exec\": \"until usageline waybar --watch; do sleep 5; done\",\n"                   \
         "    \"return-type\": \"json\",\n"                                                        \
         "    \"on-click\": \"usageline open --bar waybar\",\n"                                    \
         "    \"on-click-middle\": \"usageline show toggle --bar waybar\",\n"                      \
         "    \"on-click-right\": \"usageline refresh --bar waybar\",\n"                           \
         "    \"on-scroll-up\": \"usageline show previous --bar waybar\",\n"                       \
         "    \"on-scroll-down\": \"usageline show next --bar waybar\"\n"                          \
         "}"
