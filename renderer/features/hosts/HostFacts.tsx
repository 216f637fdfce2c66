import type { Host } from '../../../shared/model/host'
import { formatBytes } from '../../../shared/units'

/** What the host says about itself; from last time while it is away. */
export function HostFacts({ host }: { host: Host }) {
  const info = host.status.kind === 'connected' ? host.status.info : host.lastInfo
  if (!info) return null
  const facts: [string, string][] = [
    ['Hypervisor', [info.hypervisor, info.hypervisorVersion].filter(Boolean).join(' ')],
    ...(info.daemon ? [['Daemon', `${info.daemon.name} ${info.daemon.version}`] as [string, string]] : []),
    ['Host name', info.hostname],
    ['Processor', `${info.cpuCount} × ${info.cpuModel || info.architecture}`],
    ['Architecture', info.architecture],
    ['Memory', formatBytes(info.memoryBytes)],
    ...(info.isReadOnly ? [['Access', 'Read-only'] as [string, string]] : []),
    ...(host.status.kind === 'connected' && host.status.features.updates === 'polling'
      ? [['Updates', 'Polled every few seconds'] as [string, string]]
      : []),
  ]
  return (
    <dl className="host-facts" data-stale={host.status.kind === 'connected' ? undefined : true}>
      {facts.map(([name, value]) => (
        <div key={name} className="host-fact">
          <dt>{name}</dt>
          <dd className="truncate selectable" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
