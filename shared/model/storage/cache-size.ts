/**
 * How much memory QEMU needs to keep a qcow2 image's tables at hand (QEMU's docs/qcow2-cache.txt). An entry of the L2
 * tables takes 8 bytes a cluster (16 with subclusters), one of the reference counts `refcountBits`, 16 as a rule: that is
 * the ratio 4:1. Caches are counted in whole clusters.
 */
export interface CacheQuestion {
  readonly sizeBytes: number
  readonly clusterSizeBytes: number
  readonly refcountBits?: number
  readonly hasSubclusters?: boolean
}

export interface CacheSizes {
  /** For all of the disk: more would be wasted. */
  readonly l2Bytes: number
  readonly refcountBytes: number
  readonly totalBytes: number
  /** What QEMU takes by itself since 3.1, and how much of the disk that serves. */
  readonly usualL2Bytes: number
  readonly servedByUsualBytes: number
}

/** QEMU's own limit on Linux; it takes less for disks that need less. */
const usualMaxBytes = 32 * 2 ** 20
const minL2Clusters = 2
const minRefcountClusters = 4

export function cacheSizes(question: CacheQuestion): CacheSizes {
  const { sizeBytes, clusterSizeBytes, refcountBits = 16 } = question
  const clusters = Math.ceil(sizeBytes / clusterSizeBytes)
  const l2Bytes = whole(clusters * l2EntryBytes(question), clusterSizeBytes, minL2Clusters)
  const refcountBytes = whole((clusters * refcountBits) / 8, clusterSizeBytes, minRefcountClusters)
  const usualL2Bytes = Math.min(usualMaxBytes, l2Bytes)
  return {
    l2Bytes,
    refcountBytes,
    totalBytes: l2Bytes + refcountBytes,
    usualL2Bytes,
    servedByUsualBytes: Math.min(sizeBytes, servedBytes(question, usualL2Bytes)),
  }
}

/** How much of a disk an L2 cache of this size serves. */
export function servedBytes(question: Omit<CacheQuestion, 'sizeBytes'>, l2Bytes: number): number {
  return Math.floor(l2Bytes / l2EntryBytes(question)) * question.clusterSizeBytes
}

function l2EntryBytes({ hasSubclusters = false }: Omit<CacheQuestion, 'sizeBytes'>): number {
  return hasSubclusters ? 16 : 8
}

function whole(bytes: number, clusterSizeBytes: number, minClusters: number): number {
  return Math.max(minClusters, Math.ceil(bytes / clusterSizeBytes)) * clusterSizeBytes
}

/** As QEMU's own options; `cleanIntervalS` gives back what was not used for so long, 0 never does. */
export function cacheOptions({ l2Bytes, refcountBytes }: CacheSizes, cleanIntervalS: number): string {
  return `l2-cache-size=${l2Bytes},refcount-cache-size=${refcountBytes},cache-clean-interval=${cleanIntervalS}`
}

/** As libvirt 7.0 and later has it in the disk's driver; QEMU divides it among both caches. */
export function cacheXml({ totalBytes }: CacheSizes): string {
  return `<metadata_cache>\n  <max_size unit='bytes'>${totalBytes}</max_size>\n</metadata_cache>`
}
