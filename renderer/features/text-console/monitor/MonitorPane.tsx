import { useMemo, useState } from 'react'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import type { MonitorLanguage } from '../../../../shared/model/qemu-monitor'
import type { Vm } from '../../../../shared/model/vm'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ErrorBox } from '../../../components/ErrorBox'
import { useHost } from '../../../stores/hosts'
import { Button, IconButton } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { ChipIcon } from '../../../ui/icons/hardware'
import { EraserIcon } from '../../../ui/icons/storage'
import { Segmented } from '../../../ui/Segmented'
import { useAgreement } from './agreement'
import { CommandHistory } from './command-history'
import { InfoList } from './InfoList'
import { readHelp, readInfoHelp, readQmpCommands } from './monitor-help'
import { MonitorInput } from './MonitorInput'
import { MonitorOutput } from './MonitorOutput'
import { useMonitor } from './use-monitor'
import './monitor.css'

interface Props {
  readonly target: VmRef
  readonly record: Vm | undefined
}

/** The emulator's own console. It is asked for once per VM, as what is done there goes past libvirt. */
export function MonitorPane({ target, record }: Props) {
  const isConnected = useHost(target.host)?.status.kind === 'connected'
  const question = `monitor ${vmKey(target)}`
  const { isAgreed, agree } = useAgreement(target)
  const offer = useAnswer(
    `${question} ${record?.state} ${isConnected}`,
    () => api.qemuMonitor.offer(target),
    {
      isWanted: isConnected,
    },
  )
  if (!isConnected)
    return (
      <EmptyState icon={ChipIcon} title="The host is not connected">
        The monitor can be used again when the host is back.
      </EmptyState>
    )
  if (offer.error)
    return (
      <div className="monitor-failed">
        <ErrorBox error={offer.error} actions={<Button onPress={offer.reload}>Try again</Button>} />
      </div>
    )
  if (offer.value?.kind === 'none')
    return (
      <EmptyState icon={ChipIcon} title={offer.value.error.message}>
        {offer.value.error.cure}
      </EmptyState>
    )
  if (!isAgreed)
    return (
      <EmptyState
        icon={ChipIcon}
        title={`Use the monitor of ${record?.name ?? 'this VM'}?`}
        actions={
          <Button variant="primary" onPress={agree}>
            Use the monitor
          </Button>
        }
      >
        Commands go to QEMU past libvirt, which does not follow what they change: disks, devices and
        migrations can get out of step with the definition. With the first command libvirt marks this run of
        the VM as tainted. Looking (info …, query-…) changes nothing.
      </EmptyState>
    )
  return offer.value ? <Monitor key={question} target={target} /> : null
}

const languages: readonly { readonly id: MonitorLanguage; readonly label: string }[] = [
  { id: 'hmp', label: 'HMP: words' },
  { id: 'qmp', label: 'QMP: JSON' },
]

function Monitor({ target }: { target: VmRef }) {
  const [language, setLanguage] = useState<MonitorLanguage>('hmp')
  const [histories] = useState(() => ({ hmp: new CommandHistory(), qmp: new CommandHistory() }))
  const talk = useMonitor(target)
  const ask = (asked: MonitorLanguage, command: string) => async (): Promise<string> =>
    (await api.qemuMonitor.run({ ...target, language: asked, command })).text
  const help = useAnswer(`monitor help ${vmKey(target)}`, ask('hmp', 'help'))
  const infoHelp = useAnswer(`monitor info ${vmKey(target)}`, ask('hmp', 'help info'))
  const qmpCommands = useAnswer(`monitor qmp ${vmKey(target)}`, ask('qmp', 'query-commands'), {
    isWanted: language === 'qmp',
  })
  const words = useMemo(
    () => (language === 'hmp' ? readHelp(help.value ?? '') : readQmpCommands(qmpCommands.value ?? '')),
    [language, help.value, qmpCommands.value],
  )
  const infos = useMemo(() => readInfoHelp(infoHelp.value ?? ''), [infoHelp.value])
  const run = (asked: MonitorLanguage, command: string): void => {
    histories[asked].add(command)
    talk.run(asked, command)
  }
  return (
    <section className="monitor" aria-label="Monitor of QEMU">
      <div className="monitor-side">
        <InfoList infos={infos} onShow={(name) => run('hmp', `info ${name}`)} />
      </div>
      <div className="monitor-main">
        <div className="monitor-toolbar" role="toolbar" aria-label="Monitor">
          <Segmented label="Language" value={language} segments={languages} onChange={setLanguage} />
          <span className="monitor-hint truncate">
            {language === 'hmp'
              ? 'Tab completes, ↑ and ↓ bring back what was sent'
              : 'JSON, or the name of a command: query-status'}
          </span>
          <IconButton icon={EraserIcon} label="Clear the answers" onPress={talk.clear} />
        </div>
        <MonitorOutput entries={talk.entries} />
        <MonitorInput
          key={language}
          language={language}
          words={words}
          infos={language === 'hmp' ? infos : []}
          history={histories[language]}
          isBusy={talk.isBusy}
          onRun={(command) => run(language, command)}
        />
      </div>
    </section>
  )
}
