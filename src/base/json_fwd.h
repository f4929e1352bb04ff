#ifndef HYBRID_BASE_JSON_FWD_H_
#define HYBRID_BASE_JSON_FWD_H_

namespace boost::json {
class array;
class object;
class value;
}  // namespace boost::json

namespace hybrid {

/// For headers that only name JSON, without the cost of base/json.h. Objects
/// keep the order in which their keys came.
using Json = boost::json::value;
using JsonArray = boost::json::array;
using JsonObject = boost::json::object;

}  // namespace hybrid

#endif  // HYBRID_BASE_JSON_FWD_H_
