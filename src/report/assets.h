#ifndef HYBRID_REPORT_ASSETS_H_
#define HYBRID_REPORT_ASSETS_H_

#include <string>
#include <vector>

namespace hybrid {

/// A file of the page and what it holds.
struct Asset {
  std::string name;  ///< without folder and ending
  std::string text;
};

/// The texts of all files that a page is made of.
struct PageAssets {
  std::string page;              ///< page.html
  std::string style;             ///< page.css
  std::vector<Asset> libraries;  ///< Vega, Vega-Lite, Vega-Embed
  std::vector<Asset> specs;      ///< specs/*.json, by name
  std::vector<Asset> scripts;    ///< charts.js first, page.js last
};

/// The folder of the assets that belong to the executable in folder `program`:
/// `report/` beside it in a build tree, else the installed one. Throws
/// ReportError if neither is there.
std::string FindAssets(const std::string& program);

/// Reads the page's files from `folder`. Throws ReportError naming what is
/// missing there, or the spec that is not JSON.
PageAssets LoadAssets(const std::string& folder);

}  // namespace hybrid

#endif  // HYBRID_REPORT_ASSETS_H_
