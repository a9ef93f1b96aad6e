with

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

final as (
    select
        consortium_code,
        arg_max(consortium_name, joined_on) as consortium_name,
        arg_max(kind, joined_on) as kind,
        arg_max(mode, joined_on) as mode,
        min(joined_on) as founded_on,
        case when bool_and(left_on is not null) then max(left_on) end as closed_on,
        string_agg(distinct round, '、' order by round) as rounds,
        cast(count(distinct school_code) as integer) as schools_ever
    from members
    group by consortium_code
)

select * from final
