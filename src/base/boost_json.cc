// Boost.JSON itself, which is compiled here and nowhere else.
#include <boost/json/src.hpp>
