// Nettle has SHA-256 with the instructions that processors have for it, which is five times as fast as without.
#pragma once
#include <nettle/sha2.h>
