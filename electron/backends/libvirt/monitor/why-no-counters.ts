import { AppError } from '../../../../shared/errors'
import type { HostCommands } from '../../images/host-commands'
import { kvmFolder } from './kvm-counters'

const debugFolder = '/sys/kernel/debug'

/**
 * A kernel in lockdown lets nobody read what could also be written (debugfs_locked_down in fs/debugfs/file.c), which are
 * all counters, while a few gauges can still be read.
 */
export function isShut(words: string): boolean {
  return words.includes('Operation not permitted')
}

/** What keeps KVM's counters from being read, by the words of `find` and by what the host has. */
export async function whyNoCounters(commands: HostCommands, words: string): Promise<AppError | undefined> {
  const detail = words.trim()
  if (/Permission denied/.test(words)) {
    return new AppError('denied', "The account of this connection may not read KVM's counters", {
      cure: `Connect as root: the kernel lets only root look into ${debugFolder}.`,
      detail,
    })
  }
  if (isShut(words)) {
    return new AppError('denied', "The kernel of the host keeps KVM's counters from everybody", {
      cure: 'It is in lockdown, as with Secure Boot, and kvm_stat sees nothing either. Start the host without lockdown to see them.',

      detail,
    })
  }
  if (!/No such file or directory/.test(words)) return undefined
  const [hasKvm, mounts] = await Promise.all([
    commands.run(['stat', '-c', '%n', '--', '/dev/kvm']),
    commands.run(['grep', '-s', '-w', 'debugfs', '/proc/mounts', '/proc/filesystems']),
  ])
  return reasonFrom({
    hasKvm: hasKvm.code === 0,
    isMounted: mounts.stdout.split('\n').some((line) => line.includes(` ${debugFolder} debugfs `)),
    isKnown: mounts.stdout.split('\n').some((line) => line.startsWith('/proc/filesystems:')),
    detail,
  })
}

interface Found {
  readonly hasKvm: boolean
  readonly isMounted: boolean
  /** The kernel has debugfs. */
  readonly isKnown: boolean
  readonly detail: string
}

export function reasonFrom({ hasKvm, isMounted, isKnown, detail }: Found): AppError {
  if (!hasKvm) {
    return new AppError('unsupported', 'The host has no KVM', {
      cure: 'Turn virtualization on in its firmware and load kvm_intel or kvm_amd; until then its guests are emulated.',
      detail,
    })
  }
  if (!isKnown) {
    return new AppError('unsupported', 'The kernel of the host was built without debugfs', {
      cure: "KVM's counters are only there. Start the host with a kernel that has CONFIG_DEBUG_FS.",
      detail,
    })
  }
  if (!isMounted) {
    return new AppError('unsupported', 'The debugfs of the host is not mounted', {
      cure: `As root there: mount -t debugfs debugfs ${debugFolder}`,
      detail,
    })
  }
  return new AppError('unsupported', 'The kernel of the host has no counters of KVM', {
    cure: `It has /dev/kvm, but no ${kvmFolder}. Load kvm_intel or kvm_amd anew.`,
    detail,
  })
}
