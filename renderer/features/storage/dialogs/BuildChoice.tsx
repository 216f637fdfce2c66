import type { CreatePoolInput } from '../../../../shared/model/storage/pool'
import type { PoolType } from '../../../../shared/model/storage/pool-types'
import { Choices } from '../../../ui/Choices'

type Build = CreatePoolInput['build']

interface Props {
  readonly build: NonNullable<PoolType['build']>
  readonly value: Build
  readonly onChange: (build: Build) => void
}

/** Whether the host makes what the pool is made of; what is destroyed by it is said in full. */
export function BuildChoice({ build, value, onChange }: Props) {
  return (
    <Choices<Build>
      label="What the host does first"
      value={value}
      onChange={onChange}
      choices={[
        { id: 'no', label: 'It is there already', note: 'Nothing is made or changed.' },
        { id: 'build', label: 'Make it', note: build.does },
        ...(build.overwrites === undefined
          ? []
          : [
              {
                id: 'overwrite' as const,
                label: 'Make it, over what is there',
                note: build.overwrites,
                isDanger: true,
              },
            ]),
      ]}
    />
  )
}
