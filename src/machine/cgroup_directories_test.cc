#include "machine/cgroup_directories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CgroupDirectoriesTest : public RootTest {
 protected:
  void LayUnified(const std::string& group, const std::string& mount_root,
                  const std::string& point = "/cg") const {
    LayProc("0::" + group + "\n",
            "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
            "30 22 0:26 " +
                mount_root + " " + point +
                " rw,nosuid shared:4 master:2 - cgroup2 cgroup2 rw\n");
  }
  void LayProc(const std::string& groups, const std::string& mounts) const {
    Lay("/proc/self/cgroup", groups);
    Lay("/proc/self/mountinfo", mounts);
  }
  CgroupDirectories Find() const { return FindCgroupDirectories(path_); }

  const std::string& path_ = root();
};

TEST_F(CgroupDirectoriesTest, UnifiedFromTheGroupUpToTheMountPoint) {
  LayUnified("/slice/app", "/");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg/slice/app",
                                          path_ + "/cg/slice", path_ + "/cg"));
  EXPECT_THAT(Find().v1_cpu, IsEmpty());
  EXPECT_THAT(Find().v1_memory, IsEmpty());
}

TEST_F(CgroupDirectoriesTest, RootGroupIsTheMountPoint) {
  LayUnified("/", "/");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg"));
}

TEST_F(CgroupDirectoriesTest, V1AloneAndCombined) {
  LayProc("12:cpuset:/\n5:cpu,cpuacct:/a\n4:memory:/b\n1:name=systemd:/c\n",
          "31 30 0:27 / /cg/cpuset rw - cgroup cgroup rw,cpuset\n"
          "32 30 0:28 / /cg/both rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
          "33 30 0:29 / /cg/memory rw - cgroup cgroup rw,memory\n"
          "34 30 0:30 / /cg/systemd rw - cgroup cgroup rw,name=systemd\n");
  EXPECT_THAT(Find().v1_cpu, ElementsAre(path_ + "/cg/both/a",  //
                                         path_ + "/cg/both"));
  EXPECT_THAT(Find().v1_memory, ElementsAre(path_ + "/cg/memory/b",  //
                                            path_ + "/cg/memory"));
  EXPECT_THAT(Find().unified, IsEmpty());
}

// The controller's name must match as a whole: not `cpuset`, not `cpuacct`.
TEST_F(CgroupDirectoriesTest, ControllersOfSimilarNameAreNotTaken) {
  LayProc("3:cpuacct:/\n2:cpuset:/\n",
          "1 0 0:1 / /cg/cpuacct rw - cgroup cgroup rw,cpuacct\n"
          "2 0 0:2 / /cg/cpuset rw - cgroup cgroup rw,cpuset\n");
  EXPECT_THAT(Find().v1_cpu, IsEmpty());
}

TEST_F(CgroupDirectoriesTest, ContainerSeesItsOwnGroupAtTheMountPoint) {
  LayUnified("/docker/abc", "/docker/abc");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg"));
}

TEST_F(CgroupDirectoriesTest, MountRootIsPrefixOfTheGroup) {
  LayUnified("/docker/abc/inner", "/docker/abc");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg/inner", path_ + "/cg"));
}

TEST_F(CgroupDirectoriesTest, MountRootElsewhereMeansTheMountPoint) {
  for (const char* group : {"/kubepods/x", "/docker/abcdef", "/", "/../x"}) {
    LayUnified(group, "/docker/abc");
    EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg")) << group;
  }
}

TEST_F(CgroupDirectoriesTest, GroupOutsideTheNamespaceDoesNotLeaveTheMount) {
  for (const char* group : {"/..", "/../sibling", "/../../sibling/x"}) {
    LayUnified(group, "/");
    EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg")) << group;
  }
}

TEST_F(CgroupDirectoriesTest, ForeignMountDoesNotCountBesideOurOwn) {
  LayProc("0::/\n",
          "1 0 0:1 /../.. /host rw - cgroup2 cgroup2 rw\n"
          "2 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/cg"));
}

TEST_F(CgroupDirectoriesTest, EveryMountThatHoldsTheGroupCounts) {
  LayProc("0::/a/b\n",
          "1 0 0:1 /a /part rw - cgroup2 cgroup2 rw\n"
          "2 0 0:1 / /whole rw - cgroup2 cgroup2 rw\n");
  EXPECT_THAT(
      Find().unified,
      ElementsAre(path_ + "/part/b", path_ + "/part", path_ + "/whole/a/b",
                  path_ + "/whole/a", path_ + "/whole"));
}

TEST_F(CgroupDirectoriesTest, EscapedMountPointAndColonInTheGroup) {
  LayUnified("/a:b", "/", "/c\\040g\\134\\9");
  EXPECT_THAT(Find().unified, ElementsAre(path_ + "/c g\\\\9/a:b",  //
                                          path_ + "/c g\\\\9"));
}

TEST_F(CgroupDirectoriesTest, MissingFilesAndGarbageGiveNone) {
  EXPECT_THAT(Find().unified, IsEmpty());
  for (const char* groups : {"", "\n\n", "0", "0:", "nonsense\n"}) {
    LayProc(groups, "2 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n");
    EXPECT_THAT(Find().unified, IsEmpty()) << groups;
  }
  for (const char* mounts :
       {"", "\n", "1 2 3", "- - - - - -", "1 2 3 / /cg rw -",
        "1 2 3 / /cg rw - cgroup2", "1 2 3 / /cg rw cgroup2 none rw"}) {
    LayProc("0::/\n", mounts);
    EXPECT_THAT(Find().unified, IsEmpty()) << mounts;
  }
}

}  // namespace
}  // namespace hybrid
