import { lazy, Suspense, type ReactNode } from 'react'
import { mayRunKvm, runsXen, type HostInfo } from '../shared/model/host'
import type { HostId } from '../shared/model/ids'
import type { ExtraTab } from './features/hosts/HostPage'

// A host's pages are loaded when they are first looked at, so that none of them delays the window.
const HostPerformanceTab = lazy(() =>
  import('./features/performance/HostPerformanceTab').then((module) => ({
    default: module.HostPerformanceTab,
  })),
)
const StorageTab = lazy(() =>
  import('./features/storage/StorageTab').then((module) => ({ default: module.StorageTab })),
)
const NetworksTab = lazy(() =>
  import('./features/networks/NetworksTab').then((module) => ({ default: module.NetworksTab })),
)
const KvmTab = lazy(() =>
  import('./features/kvm-counters/KvmTab').then((module) => ({ default: module.KvmTab })),
)
const XenTab = lazy(() => import('./features/top/xen/XenTab').then((module) => ({ default: module.XenTab })))
const SavesTab = lazy(() =>
  import('./features/saves/SavesTab').then((module) => ({ default: module.SavesTab })),
)
const SecretsTab = lazy(() =>
  import('./features/secrets/SecretsTab').then((module) => ({ default: module.SecretsTab })),
)
const HostShellTab = lazy(() =>
  import('./features/text-console/HostShellTab').then((module) => ({ default: module.HostShellTab })),
)

/** Pages of a host that are features of their own; here they meet, as features know nothing of each other. */
export function extraHostTabs(host: HostId, info: HostInfo | undefined): readonly ExtraTab[] {
  return [
    {
      id: 'performance',
      label: 'Performance',
      content: loaded(<HostPerformanceTab key={host} host={host} />),
    },
    { id: 'storage', label: 'Storage', content: loaded(<StorageTab key={host} host={host} />) },
    { id: 'networks', label: 'Networks', content: loaded(<NetworksTab key={host} host={host} />) },
    { id: 'saves', label: 'Saved states', content: loaded(<SavesTab key={host} host={host} />) },
    { id: 'secrets', label: 'Secrets', content: loaded(<SecretsTab key={host} host={host} />) },
    ...(info && mayRunKvm(info)
      ? [{ id: 'kvm', label: 'KVM', content: loaded(<KvmTab key={host} host={host} />) }]
      : []),
    ...(info && runsXen(info)
      ? [{ id: 'xen', label: 'Domains', content: loaded(<XenTab key={host} host={host} />) }]
      : []),
    { id: 'shell', label: 'Shell', isKept: true, content: loaded(<HostShellTab key={host} host={host} />) },
  ]
}

function loaded(page: ReactNode): ReactNode {
  return <Suspense fallback={null}>{page}</Suspense>
}
