#ifndef HYBRID_REPORT_CHARTS_H_
#define HYBRID_REPORT_CHARTS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace hybrid {

/// Draws the page's charts into files: `assets` is the folder of the page's
/// files, `data` the page's data as JSON. SVG files go into the folder `svg`,
/// PNG files into `png`; where such a name is empty, there are none. Folders
/// are created, files of the same name replaced. Runs Node, and rsvg-convert
/// for PNG. Returns how many charts there are. Throws ReportError, or
/// std::system_error that names a file.
std::size_t DrawCharts(const std::string& assets, std::string_view data,
                       const std::string& svg, const std::string& png);

}  // namespace hybrid

#endif  // HYBRID_REPORT_CHARTS_H_
