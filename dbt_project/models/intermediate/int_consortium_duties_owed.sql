{# What the duty list of a consortium's kind asks in each term, one row a duty and school that owes it, or `all`. #}

with

terms as (
    select * from {{ ref('int_consortium_terms_dated') }}
),

duties as (
    select * from {{ ref('duties') }}
),

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

in_force as (
    select
        terms.* exclude (kind, mode),
        duties.activity_type,
        duties.period,
        duties.required as each_time,
        duties.required * case duties.period
            when 'month' then {{ parameter('term_months', row='terms') }}
            when 'week' then {{ parameter('term_weeks', row='terms') }}
            else 1
        end as required,
        duties.applies_to,
        duties.owed_by,
        duties.is_optional,
        duties.least_teachers,
        duties.least_share,
        duties.sort_order,
        duties.source,
        duties.wording
    from terms
    inner join duties
        on terms.kind = duties.kind
            and coalesce(duties.mode, terms.mode, '') = coalesce(terms.mode, '')
            and terms.span = case when duties.period in ('month', 'week') then 'term' else duties.period end
            and terms.as_at between duties.valid_from and duties.valid_to
    qualify row_number() over (
            partition by terms.consortium_code, terms.term, duties.activity_type
            order by duties.mode is null, duties.valid_from desc
        ) = 1
),

final as (
    select
        in_force.*,
        'all' as school_code
    from in_force
    where in_force.applies_to = 'all'
    union all by name
    select
        in_force.*,
        members.school_code
    from in_force
    inner join members
        on in_force.consortium_code = members.consortium_code
            and in_force.as_at between members.joined_on and members.last_day
            and (
                in_force.applies_to = 'each_school'
                or members.role = case in_force.applies_to when 'each_member' then '成员' when 'lead' then '牵头' end
            )
)

select * from final
