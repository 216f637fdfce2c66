/**
 * Where libvirt's clients keep their certificates (docs/tlscerts.rst): the folder the URI names, else the user's own when
 * it is complete, else the system's. Root uses the system's only.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import { uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { TlsPaths } from '../../link/tls-files'

export interface ClientComputer {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly isRoot: boolean
  readonly appData: string | undefined
}

export async function certificatePaths(uri: HostUri, computer: ClientComputer): Promise<TlsPaths> {
  const told = uriParam(uri, 'pkipath')
  if (told !== undefined) {
    if (told === '') {
      throw new AppError('invalid', 'pkipath is empty', {
        field: 'uri',
        cure: 'Name a folder, or leave it out.',
      })
    }
    return inFolder(told === '~' || told.startsWith('~/') ? join(computer.home, told.slice(1)) : told)
  }
  const own = inFolder(join(computer.home, '.pki', 'libvirt'))
  const isComplete = (await Promise.all([own.ca, own.certificate, own.key].map(exists))).every(Boolean)
  if (isComplete && !computer.isRoot) return own
  const roots = systemRoots(computer)
  for (const root of roots) {
    const paths = inSystem(root)
    if (await exists(paths.ca)) return paths
  }
  return inSystem(roots[0] ?? '/etc/pki')
}

/** The first is where things belong when there is nothing anywhere. */
function systemRoots({ platform, appData, home }: ClientComputer): string[] {
  // docs/windows.rst
  if (platform === 'win32') return [join(appData ?? join(home, 'AppData', 'Roaming'), 'libvirt', 'pki')]
  // Homebrew keeps configuration beside its programs
  if (platform === 'darwin') return ['/etc/pki', '/opt/homebrew/etc/pki', '/usr/local/etc/pki']
  return ['/etc/pki']
}

function inFolder(folder: string): TlsPaths {
  return {
    ca: join(folder, 'cacert.pem'),
    certificate: join(folder, 'clientcert.pem'),
    key: join(folder, 'clientkey.pem'),
    crl: join(folder, 'cacrl.pem'),
  }
}

function inSystem(root: string): TlsPaths {
  return {
    ca: join(root, 'CA', 'cacert.pem'),
    certificate: join(root, 'libvirt', 'clientcert.pem'),
    key: join(root, 'libvirt', 'private', 'clientkey.pem'),
    crl: join(root, 'CA', 'cacrl.pem'),
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
