import type { ClonePlan } from '../../../shared/model/clone'
import { CommandBlock } from '../../components/CommandBlock'
import { Disclosure } from '../../ui/Disclosure'

/** What else is new about it, what cannot be known from outside, and the same by hand. */
export function CloneResult({ plan }: { plan: ClonePlan }) {
  const { clones, command, identityCommand } = plan
  const [first] = clones
  return (
    <>
      <p className="secondary">
        {first && first.cards.length > 0
          ? 'Each network card gets a new address. '
          : 'It has no network cards with an address of their own. '}
        {first?.nvram ? `The UEFI variables are copied to ${first.nvram.to}. ` : null}
        The system inside keeps its host name, machine-id and SSH host keys.
      </p>
      <div className="clone-more">
        {clones.length < 2 ? null : (
          <Disclosure summary={`All ${clones.length} clones and their files`}>
            <dl className="clone-paths">
              {clones.map((clone) => (
                <div key={clone.name} className="clone-one">
                  <dt>{clone.name}</dt>
                  <dd className="mono selectable">
                    {clone.disks.flatMap(({ to }) => to ?? []).join('\n') || 'No files of its own'}
                  </dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        )}
        <Disclosure summary="A new identity for the system inside">
          <p className="secondary">
            Before its first start, on the host, with guestfs-tools installed: this gives it a machine-id and
            SSH host keys of its own.
          </p>
          <CommandBlock text={identityCommand} />
        </Disclosure>
        <Disclosure summary="The same as a command">
          {command === undefined ? (
            <p className="secondary">
              virt-clone copies or shares disks, one clone at a time; it cannot do all of what is chosen here.
            </p>
          ) : (
            <CommandBlock text={command} />
          )}
        </Disclosure>
        {first ? (
          <Disclosure summary="The definition">
            <CommandBlock text={first.xml} what="definition" />
          </Disclosure>
        ) : null}
      </div>
    </>
  )
}
