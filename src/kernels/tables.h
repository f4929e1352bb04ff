#ifndef HYBRID_KERNELS_TABLES_H_
#define HYBRID_KERNELS_TABLES_H_

#include <map>
#include <string>

#include "kernels/choice.h"
#include "key/key.h"

namespace hybrid {

/// The kernels of every library of a run, by Key::blas.
class KernelsTables {
 public:
  void Add(const std::string& blas, KernelsTable table) {
    tables_.insert_or_assign(blas, std::move(table));
  }

  /// What `key`'s workers are to run with; of a library without a table, its
  /// own choice.
  KernelsChoice For(const Key& key) const {
    const KernelsTable* const table = Find(key.blas);
    return table == nullptr ? KernelsChoice{} : table->For(key);
  }

  /// The table of one library, or null.
  const KernelsTable* Find(const std::string& blas) const {
    const auto found = tables_.find(blas);
    return found == tables_.end() ? nullptr : &found->second;
  }

  const std::map<std::string, KernelsTable>& all() const { return tables_; }

 private:
  std::map<std::string, KernelsTable> tables_;
};

}  // namespace hybrid

#endif  // HYBRID_KERNELS_TABLES_H_
