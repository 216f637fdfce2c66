import { useContext, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import {
  conversionNames,
  xenKindNames,
  type ConversionOffer,
  type ConvertDefinitionInput,
  type DefinitionConversion,
} from '../../../shared/model/new-vm/conversion'
import { preparationChecks, preparationSteps } from '../../../shared/recipes/guest-preparation'
import type { Distribution } from '../../../shared/recipes/recipe'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { ErrorBox } from '../../components/ErrorBox'
import { RecipeSteps } from '../../components/RecipeSteps'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { DiffView } from '../../ui/diff/DiffView'
import { CodeIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Tabs } from '../../ui/Tabs'
import './convert.css'

interface Props {
  readonly host: HostId
  readonly xml: string
  readonly offer: ConversionOffer
  readonly onUse: (xml: string) => void
  readonly onClose: () => void
}

/** What becomes of a definition that was made for Xen, rule by rule, before any of it is used. */
export function ConvertDialog({ host, xml, offer: { from, to }, onUse, onClose }: Props) {
  const [tab, setTab] = useState<'changes' | 'difference' | 'guest'>('changes')
  // whoever saw emulated devices has drivers for them, and for nothing else for certain
  const [devices, setDevices] = useState<ConvertDefinitionInput['devices']>(
    from === 'hvm' || to === 'xen-hvm' ? 'emulated' : 'virtio',
  )
  const asked = useAsked({ host, xml, to, devices }, (input) => api.newVm.convertDefinition(input))
  const found = asked.value
  const copyText = useContext(ClipboardContext)
  const name = conversionNames[to]
  return (
    <Dialog
      title={`Convert it for ${name}`}
      icon={CodeIcon}
      width={900}
      onClose={onClose}
      onSubmit={() => {
        if (found && asked.isCurrent) onUse(found.xml)
      }}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!found || !asked.isCurrent} keepsFocus>
            Use this definition
          </Button>
        </>
      }
    >
      <p>{`It was made for a ${xenKindNames[from]} guest of Xen. What follows is changed for ${name}; everything else stays as it is written.`}</p>
      {to === 'xen-hvm' ? null : (
        <Segmented
          label="Disks and network cards"
          value={devices}
          segments={[
            { id: 'virtio', label: 'virtio: fast, for a guest that was prepared' },
            { id: 'emulated', label: 'Emulated: every system has drivers' },
          ]}
          onChange={setDevices}
        />
      )}
      {found?.warnings.map((warning) => (
        <Note key={warning} tone="warning">
          {warning}
        </Note>
      ))}
      {asked.error ? <ErrorBox error={asked.error} title="The definition was not converted" /> : null}
      {found ? (
        <div className="nv-convert">
          <Tabs
            label="What would change"
            selected={tab}
            onSelect={setTab}
            tabs={[
              { id: 'changes', label: 'Changes', content: <Steps steps={found.steps} /> },
              {
                id: 'difference',
                label: 'XML difference',
                content: <DiffView label="Conversion" before={xml} after={found.xml} onCopy={copyText} />,
              },
              {
                id: 'guest',
                label: 'In the guest',
                content: <Preparation devices={to === 'xen-hvm' ? 'xen' : devices} renamed={found.renamed} />,
              },
            ]}
          />
        </div>
      ) : null}
    </Dialog>
  )
}

function Steps({ steps }: Pick<DefinitionConversion, 'steps'>) {
  return (
    <table className="nv-convert-steps selectable" aria-label="Changes">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Becomes</th>
          <th scope="col">Because</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ part, change, why }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two devices may be changed alike
          <tr key={at}>
            <th scope="row">{part}</th>
            <td>{change}</td>
            <td className="secondary">{why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PreparationProps extends Pick<DefinitionConversion, 'renamed'> {
  readonly devices: 'virtio' | 'emulated' | 'xen'
}

/** The definition alone starts nothing: the guest has to find its disks and its console, too. */
function Preparation({ devices, renamed }: PreparationProps) {
  const [distribution, setDistribution] = useState<Distribution>('suse')
  const guest = { distribution, devices, renamed }
  return (
    <div className="nv-convert-guest selectable">
      <p className="secondary">
        Do this inside the guest while it still runs under Xen. Windows needs the drivers of VMDP or
        virtio-win before its disks are virtio: start it with emulated devices once, and install them.
      </p>
      <Segmented
        label="System of the guest"
        value={distribution}
        segments={[
          { id: 'suse', label: 'SUSE, openSUSE' },
          { id: 'redhat', label: 'RHEL, Fedora' },
          { id: 'debian', label: 'Debian, Ubuntu' },
        ]}
        onChange={setDistribution}
      />
      <RecipeSteps steps={preparationSteps(guest)} isNumbered />
      <h3>How to check it</h3>
      <RecipeSteps steps={preparationChecks(guest)} />
    </div>
  )
}
