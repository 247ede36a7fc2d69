// SPDX-License-Identifier: MIT
#include "resolver/shortage.hpp"

#include <cerrno>
#include <cstring>

namespace fcrdns {

bool is_shortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM;
}

std::string error_text(int error) {
    switch (error) {
        case EMFILE: return "this process is out of file descriptors, see ulimit -n";
        case ENFILE: return "this machine is out of file descriptors, see sysctl fs.file-max";
        case ENOMEM: return "out of memory";
        default: return std::strerror(error);
    }
}

}  // namespace fcrdns
