#include "common/base/network_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

int network_watch_open(void)
{
    const struct sockaddr_nl address = {
        .nl_family = AF_NETLINK,
        .nl_groups =
            RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
    };
    int watch = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);

    if (watch >= 0 && bind(watch, (const struct sockaddr *)&address, sizeof address) < 0) {
        close(watch);
        return -1;
    }
    return watch;
}

bool network_watch_has_news(int watch)
{
    /* The kernel's messages are structs in a row; the union aligns them. */
    union {
        struct nlmsghdr header;
        char bytes[8192];
    } buffer;
    bool news = false;
    ssize_t length;

    while ((length = recv(watch, &buffer, sizeof buffer, 0)) > 0) {
        unsigned left = (unsigned)length;

        for (struct nlmsghdr *message = &buffer.header; NLMSG_OK(message, left);
             message = NLMSG_NEXT(message, left))
            news =
                news || message->nlmsg_type == RTM_NEWADDR || message->nlmsg_type == RTM_NEWROUTE;
    }
    return news;
}
