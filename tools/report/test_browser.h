#ifndef HYBRID_TOOLS_REPORT_TEST_BROWSER_H_
#define HYBRID_TOOLS_REPORT_TEST_BROWSER_H_

#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/test_folder.h"

namespace hybrid {

/// What a browser made of a page.
struct Browsed {
  std::string output;                 ///< the document when it was done
  std::vector<std::string> messages;  ///< of the page's console
};

/// A real Chromium without a window, with a profile of its own.
class TestBrowser {
 public:
  /// Opens `file` as a reader would, with `hash` behind its address, and
  /// returns the document that its scripts made.
  Browsed Open(const std::string& file, const std::string& hash) const;

  /// Prints the page `file` on paper: into the file `pdf`.
  Browsed Print(const std::string& file, const std::string& pdf) const;

  /// Opens `file` in a frame of `width` pixels, waits until its charts are
  /// drawn, and returns what `script` returns: the body of an asynchronous
  /// JavaScript function that knows `page` (the frame's document), `view` (its
  /// window), `count(selector)` and `ready()`, which waits again. Console
  /// messages and exceptions fail the test.
  Json Probe(const std::string& file, const std::string& hash, int width,
             const std::string& script) const;

 private:
  /// Starts the browser on `url` and waits for its end; fails the test unless
  /// it ends with status 0.
  Browsed Run(const std::string& flags, const std::string& url) const;

  TestFolder folder_;
};

}  // namespace hybrid

#endif  // HYBRID_TOOLS_REPORT_TEST_BROWSER_H_
