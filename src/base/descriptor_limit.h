#ifndef HYBRID_BASE_DESCRIPTOR_LIMIT_H_
#define HYBRID_BASE_DESCRIPTOR_LIMIT_H_

namespace hybrid {

/// Lets this process open as many descriptors as it may: hundreds of workers
/// need more than the usual soft limit. What it starts inherits that.
void RaiseDescriptorLimit();

}  // namespace hybrid

#endif  // HYBRID_BASE_DESCRIPTOR_LIMIT_H_
