{# Who is exchanged from the schools of a consortium in a year, and who of them inside it; null where unknown. #}

with

rates as (
    select * from {{ ref('fct_exchange_rate') }}
    where scope = 'consortium'
),

inside as (
    select
        scope_code,
        school_year,
        sum(teachers) as exchanged_inside,
        sum(case when from_group = 'lead' then teachers else 0 end) as lead_sent,
        sum(case when from_group = 'lead' then backbone_teachers else 0 end) as lead_sent_backbone,
        sum(case when to_group = 'lead' then teachers else 0 end) as lead_received
    from {{ ref('fct_exchange_flow') }}
    where scope = 'consortium'
        and group_kind = 'role'
        and from_group in ('lead', 'member')
        and to_group in ('lead', 'member')
    group by scope_code, school_year
),

final as (
    select
        rates.scope_code as consortium_code,
        rates.school_year,
        cast(rates.exchanged as integer) as exchanged,
        rates.exchange_rate,
        case when rates.exchanged is not null then cast(coalesce(inside.exchanged_inside, 0) as integer) end
            as exchanged_inside,
        case when rates.exchanged is not null then cast(coalesce(inside.lead_sent, 0) as integer) end as lead_sent,
        case when rates.exchanged is not null then cast(coalesce(inside.lead_sent_backbone, 0) as integer) end
            as lead_sent_backbone,
        case when rates.exchanged is not null then cast(coalesce(inside.lead_received, 0) as integer) end
            as lead_received
    from rates
    left join inside on rates.scope_code = inside.scope_code and rates.school_year = inside.school_year
)

select * from final
