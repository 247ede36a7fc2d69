// SPDX-License-Identifier: MIT
// Renderer: how a run's reports become bytes. records() is a pure function of the
// reports of one target, so that targets may be rendered in any order; finish()
// sees the totals.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "cli/options.hpp"
#include "fcrdns/render.hpp"

namespace fcrdns::cli {

class Renderer {
public:
    virtual ~Renderer() = default;
    virtual void records(std::string& out, std::span<const Report> reports) = 0;
    virtual void finish(std::string& out, const Tally& tally) = 0;
};

/// The renderer that the options ask for; `one_target` prints text in full.
std::unique_ptr<Renderer> make_renderer(const Options& options, bool one_target, const TextOptions& text);

}  // namespace fcrdns::cli
