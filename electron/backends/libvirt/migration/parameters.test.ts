import { describe, expect, it } from 'vitest'
import { usualMoveOptions, type MoveOptions } from '../../../../shared/model/migration/options'
import { paramMap, virDomainMigrateFlags as flag } from '../../../libvirt-rpc/index'
import { destinationFlags, flagsOf, parametersOf, withText } from './parameters'

const running = { isPaused: false, isOff: false }
const namesOf = (flags: number): string[] =>
  Object.entries(flag)
    .filter(([, value]) => (flags & value) !== 0)
    .map(([name]) => name.replace('VIR_MIGRATE_', ''))
const options = (more: Partial<MoveOptions>): MoveOptions => ({ ...usualMoveOptions, ...more })
const definitions = { running: '<domain>running</domain>', stored: '<domain>stored</domain>' }

describe('a move in libvirt’s words', () => {
  it('is live, persistent and removes the source, under our lead', () => {
    expect(namesOf(flagsOf(usualMoveOptions, running))).toEqual([
      'LIVE',
      'PERSIST_DEST',
      'UNDEFINE_SOURCE',
      'CHANGE_PROTECTION',
      'ABORT_ON_ERROR',
    ])
  })

  it('keeps a paused VM paused, and takes one that is off by its definition alone', () => {
    expect(namesOf(flagsOf(usualMoveOptions, { isPaused: true, isOff: false }))).toContain('PAUSED')
    expect(
      namesOf(flagsOf(options({ isPermanent: false, autoConverge: true }), { isPaused: false, isOff: true })),
    ).toEqual(['PERSIST_DEST', 'UNDEFINE_SOURCE', 'CHANGE_PROTECTION', 'OFFLINE'])
  })

  it('has a flag for each wish, and destinations are not told what is the source’s alone', () => {
    const all = flagsOf(
      options({
        way: 'tunnelled',
        isLive: false,
        staysPaused: true,
        removesSource: false,
        isUnsafe: true,
        storage: 'topLayer',
        compression: 'mt',
        autoConverge: true,
        allowsPostCopy: true,
        isEncrypted: true,
        parallelConnections: 4,
      }),
      running,
    )
    expect(namesOf(all).sort()).toEqual(
      [
        'ABORT_ON_ERROR',
        'AUTO_CONVERGE',
        'COMPRESSED',
        'NON_SHARED_INC',
        'PARALLEL',
        'PAUSED',
        'PEER2PEER',
        'PERSIST_DEST',
        'POSTCOPY',
        'TLS',
        'TUNNELLED',
        'UNSAFE',
      ].sort(),
    )
    expect(namesOf(destinationFlags(all))).not.toContain('AUTO_CONVERGE')
    expect(namesOf(destinationFlags(all))).not.toContain('ABORT_ON_ERROR')
  })

  it('tells bandwidth in MiB/s, disks one by one, and brackets an IPv6 address', () => {
    const params = parametersOf(
      {
        options: options({
          storage: 'full',
          bandwidthBytesPerSecond: 8 * 1_048_576,
          dataAddress: 'fd00::2',
          dataPort: 49_200,
          newName: 'web-b',
          compression: 'xbzrle',
          compressionCacheBytes: 67_108_864,
        }),
        definitions,
        copiedDisks: ['vda', 'vdb'],
      },
      false,
    )
    expect(Object.fromEntries(paramMap(params))).toMatchObject({
      bandwidth: 8,
      migrate_uri: 'tcp://[fd00::2]:49200',
      destination_name: 'web-b',
      destination_xml: definitions.running,
      persistent_xml: definitions.stored,
      compression: 'xbzrle',
      'compression.xbzrle.cache': 67_108_864,
    })
    expect(params.filter(({ field }) => field === 'migrate_disks').map(({ value }) => value.value)).toEqual([
      'vda',
      'vdb',
    ])
  })

  it('carries a text from one step to the next in place of what was there', () => {
    const params = withText(withText([], 'migrate_uri', 'tcp://a'), 'migrate_uri', 'tcp://b')
    expect(params.map(({ value }) => value.value)).toEqual(['tcp://b'])
    expect(withText(params, 'migrate_uri', undefined)).toEqual([])
  })
})
