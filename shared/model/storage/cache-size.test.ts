import { describe, expect, it } from 'vitest'
import { cacheOptions, cacheSizes, cacheXml, servedBytes } from './cache-size'

const kib = 1024
const mib = 1024 * kib
const gib = 1024 * mib

describe('caches of a qcow2 image', () => {
  it('take a MiB for eight GiB in clusters of 64 KiB, and a quarter of that for reference counts', () => {
    expect(cacheSizes({ sizeBytes: 8 * gib, clusterSizeBytes: 64 * kib })).toMatchObject({
      l2Bytes: mib,
      refcountBytes: 256 * kib,
      totalBytes: 1280 * kib,
    })
  })

  it.each([
    [512, 256 * gib],
    [256 * kib, 512 * kib],
  ])('serve a whole disk and no more, in clusters of %d bytes', (clusterSizeBytes, sizeBytes) => {
    const question = { sizeBytes, clusterSizeBytes }
    const { l2Bytes } = cacheSizes(question)
    expect(l2Bytes % clusterSizeBytes).toBe(0)
    expect(servedBytes(question, l2Bytes)).toBeGreaterThanOrEqual(sizeBytes)
  })

  it('are whole clusters and never smaller than QEMU allows', () => {
    expect(cacheSizes({ sizeBytes: mib, clusterSizeBytes: 2 * mib })).toMatchObject({
      l2Bytes: 4 * mib,
      refcountBytes: 8 * mib,
    })
    expect(cacheSizes({ sizeBytes: 8 * gib + 1, clusterSizeBytes: 64 * kib })).toMatchObject({
      l2Bytes: mib + 64 * kib,
    })
  })

  it('are twice as large with subclusters, and follow the width of reference counts', () => {
    const question = { sizeBytes: 8 * gib, clusterSizeBytes: 64 * kib }
    expect(cacheSizes({ ...question, hasSubclusters: true }).l2Bytes).toBe(2 * mib)
    expect(cacheSizes({ ...question, refcountBits: 64 }).refcountBytes).toBe(mib)
  })

  it('are enough as they are up to 256 GiB in usual clusters, and serve only that much of more', () => {
    const small = cacheSizes({ sizeBytes: 256 * gib, clusterSizeBytes: 64 * kib })
    expect(small).toMatchObject({ usualL2Bytes: 32 * mib, servedByUsualBytes: 256 * gib })
    const large = cacheSizes({ sizeBytes: 1024 * gib, clusterSizeBytes: 64 * kib })
    expect(large).toMatchObject({ l2Bytes: 128 * mib, usualL2Bytes: 32 * mib, servedByUsualBytes: 256 * gib })
  })

  it('are told in QEMU’s words and in libvirt’s', () => {
    const sizes = cacheSizes({ sizeBytes: 8 * gib, clusterSizeBytes: 64 * kib })
    expect(cacheOptions(sizes, 900)).toBe(
      'l2-cache-size=1048576,refcount-cache-size=262144,cache-clean-interval=900',
    )
    expect(cacheXml(sizes)).toContain(`<max_size unit='bytes'>1310720</max_size>`)
  })
})
