import { kindsToMake } from '../../../shared/model/new-vm/suggest-guest'
import type { ContainerWish } from '../../../shared/model/new-vm/container-wish'
import { Folded } from '../../form/Folded'
import { Checkbox } from '../../ui/Checkbox'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { TextArea } from '../../ui/TextArea'
import { TextField } from '../../ui/TextField'
import { ImageField } from './ImageField'
import { FromDefinition } from './OtherSources'
import { placeText } from './place-text'
import { errorAt } from './steps'
import { useWizard } from './wizard'

const kinds = [
  { id: 'system', label: 'Operating system' },
  { id: 'app', label: 'One program' },
] as const

/** What a container starts, among which files, and as whom. */
export function ContainerSource() {
  const { host, wishes, shown, known, problems, set, clear } = useWizard()
  const { container } = shown
  const { what, root, init, args, env, workDir, hasOwnIds } = container
  const isSystem = what === 'system'
  const change = (one: Partial<ContainerWish>): void => set({ container: { ...wishes.container, ...one } })
  const wrong = (...fields: string[]): string | undefined =>
    errorAt(problems, ...fields.map((field) => `source.${field}`))
  const wrongRow = (list: 'args' | 'env'): string | undefined => {
    const found = problems.find(
      ({ level, field }) => level === 'error' && field?.startsWith(`source.${list}`),
    )
    return found && errorAt([found], found.field ?? '')
  }
  const architectures = known.offer.capabilities ? kindsToMake(known.offer.capabilities) : []
  const isMoreWrong = wrong('workDir') !== undefined || wrongRow('env') !== undefined
  return (
    <>
      <Segmented
        label="What the container runs"
        value={what}
        segments={kinds}
        onChange={(next) => {
          // the programs of one are not those of the other
          const { init: _, ...rest } = wishes.container ?? {}
          set({ container: { ...rest, what: next } })
        }}
      />
      <p className="nv-note">
        {isSystem
          ? 'A system in a folder of the host, on the host’s own kernel: its first program starts everything else.'
          : 'A single program of the host. The container ends when it does.'}
      </p>
      <div className="nv-others">
        <FromDefinition host={host} />
      </div>
      <ImageField
        label={isSystem ? 'Folder with the system' : 'Root folder'}
        isForFolder
        value={root === '' ? undefined : { kind: 'path', path: root }}
        onChange={(place) => change({ root: placeText(place) })}
        error={wrong('root')}
        hint={
          isSystem
            ? 'A folder of the host, made with debootstrap for instance. It is "/" for the container.'
            : 'Empty: the program sees all files of the host.'
        }
      />
      <TextField
        label={isSystem ? 'First program' : 'Program'}
        isMono
        value={init}
        onChange={(text) => change({ init: text })}
        error={wrong('init', 'what')}
        hint="Its path, as the container sees it."
      />
      <Folded
        title="Arguments, environment and working folder"
        isForced={isMoreWrong || wrongRow('args') !== undefined}
      >
        <TextArea
          label="Arguments, one a line"
          isMono
          value={args}
          onChange={(text) => change({ args: text })}
          error={wrongRow('args')}
        />
        <TextArea
          label="Environment, NAME=value, one a line"
          isMono
          value={env}
          onChange={(text) => change({ env: text })}
          error={wrongRow('env')}
        />
        <TextField
          label="Working folder"
          isMono
          placeholder="/"
          value={workDir}
          onChange={(text) => change({ workDir: text })}
          error={wrong('workDir')}
        />
      </Folded>
      <Checkbox isSelected={hasOwnIds} onChange={(next) => change({ hasOwnIds: next })}>
        User IDs of its own (recommended)
      </Checkbox>
      {hasOwnIds ? (
        <>
          <div className="nv-grid">
            <Id label="First user ID on the host" of="uidStart" change={change} />
            <Id label="First group ID on the host" of="gidStart" change={change} />
          </div>
          <p className="nv-note">
            The container’s root is then nobody special on the host. 65,536 IDs are taken from these on
            {root === '' ? '.' : `; what belongs to root in ${root} has to belong to them.`}
          </p>
        </>
      ) : null}
      {architectures.length > 1 && shown.kind ? (
        <Folded title="Architecture" isForced={errorAt(problems, 'guest') !== undefined}>
          <Select
            label="Architecture"
            value={shown.kind.architecture}
            options={architectures.map(({ architecture }) => ({ id: architecture, label: architecture }))}
            onChange={(architecture) =>
              architecture === known.offer.info.architecture ? clear('architecture') : set({ architecture })
            }
            error={errorAt(problems, 'guest')}
          />
        </Folded>
      ) : null}
    </>
  )
}

function Id({
  label,
  of,
  change,
}: {
  readonly label: string
  readonly of: 'uidStart' | 'gidStart'
  readonly change: (one: Partial<ContainerWish>) => void
}) {
  const { shown, problems } = useWizard()
  return (
    <NumberField
      label={label}
      value={shown.container[of]}
      min={1}
      onChange={(value) => change({ [of]: value ?? '' })}
      error={errorAt(problems, `source.ids.${of}`)}
    />
  )
}
