#ifndef HYBRID_REPORT_HTML_PAGE_H_
#define HYBRID_REPORT_HTML_PAGE_H_

#include <string>
#include <string_view>

#include "report/assets.h"

namespace hybrid {

/// One HTML file that needs no other: `assets.page` with each of its lines
/// <!--hybrid:style-->, <!--hybrid:libraries-->, <!--hybrid:specs-->,
/// <!--hybrid:data--> and <!--hybrid:script--> replaced by the elements that it
/// stands for. `data` comes from ScriptSafeText. Nothing that is put in can end
/// the element that it is in. Throws ReportError naming a line that page.html
/// lacks, or has twice.
std::string HtmlPage(const PageAssets& assets, std::string_view data);

/// `text` with `escape` in place of the first character of each `unsafe`, be
/// that in upper or in lower case.
std::string Defused(std::string_view text, std::string_view unsafe,
                    std::string_view escape);

}  // namespace hybrid

#endif  // HYBRID_REPORT_HTML_PAGE_H_
