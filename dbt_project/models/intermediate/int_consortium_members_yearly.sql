{# The schools of a consortium in a school year: on 1 September, or on its founding day when founded later. #}

with

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

founded as (
    select
        consortium_code,
        min(joined_on) as founded_on
    from members
    group by consortium_code
),

years as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

dated as (
    select
        founded.consortium_code,
        years.school_year,
        greatest(make_date(years.school_year, 9, 1), founded.founded_on) as as_at
    from founded
    inner join years on founded.founded_on < make_date(years.school_year + 1, 9, 1)
),

final as (
    select
        dated.consortium_code,
        dated.school_year,
        members.school_code,
        members.role
    from dated
    inner join members
        on dated.consortium_code = members.consortium_code
            and dated.as_at between members.joined_on and members.last_day
    qualify row_number() over (
            partition by dated.consortium_code, dated.school_year, members.school_code
            order by members.joined_on desc
        ) = 1
)

select * from final
